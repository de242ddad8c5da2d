-- What is long over is removed.
GRANT DELETE ON "password_resets" TO postern_app;
