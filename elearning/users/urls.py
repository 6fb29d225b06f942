from django.contrib.auth.views import LogoutView
from django.urls import path

from elearning.users import views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("after-sign-in/", views.after_sign_in, name="after-sign-in"),
    path("learn/api/sign-in", views.tablet_sign_in, name="tablet-sign-in"),
    path("learn/api/contact", views.contact, name="tablet-contact"),
    path("learn/api/language", views.preferred_language, name="tablet-language"),
]
