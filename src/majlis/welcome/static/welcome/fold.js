/* Text as it is searched: `kernel.analysis.fold` does the same on the server. */

const LETTERS = new Map(Object.entries({
  "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "’": "'", "‘": "'", "ʼ": "'", "ı": "i", "ł": "l", "đ": "d",
  "ð": "d", "œ": "oe", "æ": "ae", "ø": "o", "þ": "th", "ß": "ss", "ـ": "",
}));
const digit = (letter) => {
  const code = letter.codePointAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  return code >= 0x6f0 && code <= 0x6f9 ? String(code - 0x6f0) : letter;
};

export const fold = (text) =>
  Array.from(text.normalize("NFKC").toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, ""),
    (letter) => LETTERS.get(letter) ?? digit(letter)).join("").normalize("NFC");

/* People in whose keys every word stands. */
export const search = (people, typed) => {
  const words = fold(typed).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length ? people.filter(({ keys }) => words.every((word) => keys.includes(word))) : [];
};
