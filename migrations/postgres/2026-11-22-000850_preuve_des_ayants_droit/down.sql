-- What a document was before it was said to be accepted is not kept: nothing to undo.
SELECT 1;
