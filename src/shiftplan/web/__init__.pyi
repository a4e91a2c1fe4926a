from .mounting import app as app
from .visitor import Visitor as Visitor
from .weeks.homepage import home as home
