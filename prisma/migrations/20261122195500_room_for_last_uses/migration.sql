-- A row is written anew each minute while its token is used. With room on its page the new version stays there, and no
-- index is touched (a HOT update).
ALTER TABLE "token_usage" SET (fillfactor = 70);
