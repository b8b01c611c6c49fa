/** Joins the columns of a compound id: the unit separator, which stands in no id. */
export const idSeparator = '\u001f';
