"""Static files named by their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class BuiltStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # it has no types
    """Rewrites the imports of ES modules as well, so that they too are kept for ever."""

    support_js_module_import_aggregation = True
