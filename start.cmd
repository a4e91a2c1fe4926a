@echo off
rem Double-click: sets shiftplan up in this folder, the first time, and opens the workbench in the browser.
rem Nhấp đúp: lần đầu cài đặt shiftplan vào thư mục này, rồi mở bàn làm việc trong trình duyệt.
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title shiftplan
cd /d "%~dp0"
if not exist pyproject.toml (
  echo Hãy giải nén cả thư mục trước, rồi nhấp đúp start.cmd trong đó.
  echo Unpack the whole folder first, then double-click start.cmd in it.
  pause
  exit /b 1
)
if not defined SHIFTPLAN_LANG (
  reg query "HKCU\Control Panel\International" /v LocaleName 2>nul | find "vi-VN" >nul && set "SHIFTPLAN_LANG=vi"
)
set "python="
for %%p in ("py -3" python python3) do (
  if not defined python (
    %%~p -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "python=%%~p"
  )
)
if not defined python (
  echo shiftplan cần Python 3.11 trở lên. Hãy cài từ https://www.python.org/downloads/ rồi chạy lại.
  echo shiftplan needs Python 3.11 or newer. Install it from https://www.python.org/downloads/ and try again.
  pause
  exit /b 1
)
fc /b pyproject.toml .venv\installed.toml >nul 2>nul
if errorlevel 1 (
  echo Đang cài đặt, mất vài phút và cần mạng...
  echo Setting up; this takes a few minutes and needs the network...
  %python% -m venv .venv && .venv\Scripts\python -m pip install --quiet --disable-pip-version-check -c constraints.txt ".[all]" && copy /y pyproject.toml .venv\installed.toml >nul
  if errorlevel 1 (
    echo Cài đặt không thành công; lý do ở các dòng trên. Hãy kiểm tra mạng rồi chạy lại.
    echo The setup failed, for the reason above. Check the network, then try again.
    pause
    exit /b 1
  )
)
echo Để kết thúc, hãy đóng cửa sổ này.
echo Close this window to stop.
.venv\Scripts\shiftplan serve
if errorlevel 1 pause
