"""Build one module against the limited API of Python 3.11: one wheel serves later versions too."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "opinionspace_fast",
            ["src/opinionspace_fast.c"],
            # a product and a sum stay two roundings, as they are in NumPy and SciPy
            extra_compile_args=["-O3", "-ffp-contract=off"],
            py_limited_api=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
