/** The rule of every foreign key here: a row that is still referred to can neither go nor change its key. */
export const noAction = 'no action';
