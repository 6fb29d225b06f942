"""Static files: hashed names, compressed copies, imports inside modules rewritten."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Without the aggregation, an import inside a module keeps its plain name and goes stale."""

    support_js_module_import_aggregation = True
    # A file is hashed after those that it imports; Django's five passes end a long chain too early.
    max_post_process_passes = 20
    manifest_strict = False
