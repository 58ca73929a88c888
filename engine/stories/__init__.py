"""chartcite.engine.stories: the story of a problem, a medicine, a stay or a life, each line cited."""
