"""The door of agents: tools of the Model Context Protocol over the weeks of given folders.

(Places of weeks, what is allowed) -> `AgentDoor` -> tools -> a server on standard input and output.
It needs the extra `mcp`; apart from `serving.py`, nothing here does.
"""
