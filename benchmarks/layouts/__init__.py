"""People tables of many layouts, languages and kinds of error, made from seeds: `python -m benchmarks.layouts`.

The layouts were written from what such tables look like in the world, without looking at how the engine reads them.
None may be changed to suit the engine; only a truth that is wrong or a file that cannot be is mended.
"""
