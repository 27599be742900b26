/** Looks like an address; whether it is one, only a letter to it can tell. */
export const isEmail = (text: string): boolean => /^[^@\s]+@[^@\s]+$/.test(text);
