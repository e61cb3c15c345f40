// WebAssembly text as binaryen's wasm-dis prints it: one form of the module a line-start, one space in.

/** A name: `$plain` or `$"quoted"`. */
export const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;

/** The forms of a module in order, as `{ kind, text }`: type, import, global, memory, data, table, elem, export, func. */
export function forms(wat) {
  const found = [];
  let lines;
  const end = () => lines && found.push({ kind: /^ \((\w+)/.exec(lines[0])[1], text: lines.join("\n") });
  for (const line of wat.split("\n")) {
    if (line.startsWith(" (")) {
      end();
      lines = [line];
    } else if (line !== ")" && lines) lines.push(line);
  }
  end();
  return found;
}

const NAMED = new RegExp(`^ \\(\\w+ (${NAME})`);
const CALLED = new RegExp(String.raw`\((?:call|return_call|ref\.func) (${NAME})`, "g");
const IMPORTED = new RegExp(String.raw`^ \(import "[^"]*" "[^"]*" \(func (${NAME})`);
const EXPORTED = new RegExp(String.raw`^ \(export "[^"]*" \(func (${NAME})\)`);

/** The name of a function, table or global. */
export const nameOf = (text) => NAMED.exec(text)?.[1];
/** A name as the program knows it: without the sign, quotes and escapes of the text. */
export const plain = (name) =>
  name.slice(1).replace(/^"|"$/g, "").replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
/** The functions a function names. */
export const callsOf = (text) => [...text.matchAll(CALLED)].map(([, name]) => name);
/** The function an import brings, or an export gives away. */
export const importedBy = (text) => IMPORTED.exec(text)?.[1];
export const exportedBy = (text) => EXPORTED.exec(text)?.[1];
/** The functions an element segment lists, in order. */
export const listedIn = (text) => [...text.slice(text.indexOf(" func ") + 6).matchAll(new RegExp(NAME, "g"))].map(([name]) => name);

/** The parameters and result of a function, as types. */
export function signatureOf(text) {
  const head = text.slice(0, text.indexOf("\n") < 0 ? undefined : text.indexOf("\n"));
  const after = head.slice(head.indexOf(nameOf(text)) + nameOf(text).length);
  const params = [...after.matchAll(/\(param (?:\$\d+ )?(\w+)\)/g)].map(([, type]) => type);
  return { params, result: /\(result ([^)]*)\)/.exec(after)?.[1] };
}

/** A signature as text, its parameters named by number. */
export const written = ({ params, result }) =>
  params.map((type, at) => ` (param $${at} ${type})`).join("") + (result ? ` (result ${result})` : "");
/** A signature as text, its parameters without names. */
export const unnamed = (signature) => written(signature).replace(/\$\d+ /g, "");

/** A function's name that the next compilation gives it again: without the hashes of the crates (Rust's v0 names). */
export const lasting = (name) => name.replace(/Cs[0-9A-Za-z]{8,}_/g, "C").replace(/_[0-9a-f]{16}(?=\b|_)/g, "");
