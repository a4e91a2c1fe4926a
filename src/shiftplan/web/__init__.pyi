from .mounting import app as app
from .visitor import Visitor as Visitor
