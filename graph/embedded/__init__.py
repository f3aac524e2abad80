"""An in-process Gremlin engine: bytecode becomes a small plan, the plan a pipeline of steps over bulked traversers."""
