from .simulate import Conduct as Conduct
from .simulate import Experience as Experience
from .simulate import compare_experiences as compare_experiences
from .simulate import simulate as simulate
from .staffing import Staffing as Staffing
from .staffing import staff as staff
