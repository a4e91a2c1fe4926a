"""Made planning weeks of Vietnam's service centers: real places, invented people and visits."""
