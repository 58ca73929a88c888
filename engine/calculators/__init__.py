"""Clinical calculators: declared formulas with their sources, units, ranges and worked examples."""
