"""Static files: hashed names, compressed copies, imports inside modules rewritten."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Without the aggregation, an import inside a module keeps its plain name and goes stale."""

    support_js_module_import_aggregation = True
    manifest_strict = False
