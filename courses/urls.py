from django.urls import path

from courses.views import api, cohort, credentials, down, home, marking, overview, record, tests

COHORT = "training/cohorts/<uuid:cohort_id>"
urlpatterns = [
    path("learn/api/assignments", api.assignments, name="tablet-assignments"),
    path("sync/down", down.down, name="sync-down"),
    path("training/", home.home, name="training"),
    path("training/cohorts/", home.cohorts, name="training-cohorts"),
    path("training/officers/", overview.officers, name="training-officers"),
    path("training/export/<slug:table>.<slug:kind>", overview.export, name="training-export"),
    path("training/record/", record.record, name="training-record"),
    path("training/record/aside/<int:aside_id>/", record.set_aside, name="training-set-aside"),
    path("training/credentials/", credentials.credentials, name="training-credentials"),
    path(
        "training/credentials/<uuid:credential_id>/revoke/",
        credentials.revoke,
        name="training-revoke-credential",
    ),
    path("training/marking/", marking.queue, name="training-marking"),
    path(
        "training/marking/<uuid:attempt_id>/<uuid:item_id>/", marking.answer, name="training-mark"
    ),
    path("training/tests/", tests.everywhere, name="training-all-tests"),
    path("training/tests/<uuid:test_id>/", tests.one_everywhere, name="training-one-test"),
    path(f"{COHORT}/tests/", tests.of_cohort, name="training-tests"),
    path(f"{COHORT}/tests/<uuid:test_id>/", tests.in_cohort, name="training-test"),
    path(f"{COHORT}/attempts/<uuid:attempt_id>/", tests.attempt, name="training-attempt"),
    path(f"{COHORT}/", cohort.cohort, name="training-cohort"),
    path(f"{COHORT}/name/", cohort.rename, name="training-rename"),
    path(f"{COHORT}/officers/", cohort.add_officers, name="training-add-officers"),
    path(f"{COHORT}/officers/<uuid:officer_id>/", cohort.officer, name="training-officer"),
    path(
        f"{COHORT}/officers/<uuid:officer_id>/remove/",
        cohort.remove_officer,
        name="training-remove-officer",
    ),
    path(f"{COHORT}/assignments/", cohort.assign, name="training-assign"),
    path(
        f"{COHORT}/assignments/<uuid:assignment_id>/due/",
        cohort.change_due,
        name="training-change-due",
    ),
    path(
        f"{COHORT}/assignments/<uuid:assignment_id>/withdraw/",
        cohort.withdraw,
        name="training-withdraw",
    ),
    path(f"{COHORT}/trainers/", cohort.add_trainer, name="training-add-trainer"),
    path(
        f"{COHORT}/trainers/<uuid:trainer_id>/remove/",
        cohort.remove_trainer,
        name="training-remove-trainer",
    ),
]
