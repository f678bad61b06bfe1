const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
/** As `Codes.cs` has it. */
export const isCode = (text: string) =>
  text.length >= 1 && text.length <= 100 && text.trim() === text && text !== '.' && text !== '..' && !UNSEEN.test(text);
