// Holds industry packs against their JSON Schema at build time: node check-packs.mjs <schema> <folder>
// Knows the keywords that pack.schema.json uses and stops at any other, so that none is passed over in silence.
// No dependencies. Exit code 0: all fit; 1: faults, one "file(line,column): error PACK0001: path: message" each; 2: called wrongly.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [schemaFile, folder] = process.argv.slice(2);
if (!schemaFile || !folder) {
  console.error('usage: check-packs.mjs <schema> <folder>');
  process.exit(2);
}
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const annotations = new Set(['$schema', '$defs', 'title', 'description', 'properties', 'required']);
const patterns = new Map();
const kindOf = (value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value);
const matches = (pattern, text) => {
  if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(pattern, 'u'));
  return patterns.get(pattern).test(text);
};

/** One function a keyword: the message where the value does not keep to it. Those for one type pass values of others. */
const keywords = {
  type: (type, value) => kindOf(value) !== type && `must be of type ${type}, not ${kindOf(value)}`,
  pattern: (pattern, value) => typeof value === 'string' && !matches(pattern, value) && `"${value}" does not match ${pattern}`,
  minLength: (least, value) => typeof value === 'string' && value.length < least && `must have at least ${least} character(s)`,
  maxLength: (most, value) => typeof value === 'string' && value.length > most && `must have at most ${most} characters`,
  minimum: (least, value) => typeof value === 'number' && value < least && `${value} is less than ${least}`,
  maximum: (most, value) => typeof value === 'number' && value > most && `${value} is more than ${most}`,
  minItems: (least, value) => Array.isArray(value) && value.length < least && `must hold at least ${least}`,
  minProperties: (least, value) => kindOf(value) === 'object' && Object.keys(value).length < least && `must hold at least ${least}`,
  uniqueItems: (_, value) => Array.isArray(value) && new Set(value.map((item) => JSON.stringify(item))).size < value.length && 'holds one item twice',
};

function check(rule, value, path, fault) {
  for (const [keyword, argument] of Object.entries(rule)) {
    if (keyword === '$ref') check(schema.$defs[argument.replace('#/$defs/', '')], value, path, fault);
    else if (keyword === 'items') { if (Array.isArray(value)) value.forEach((item, i) => check(argument, item, `${path}[${i}]`, fault)); }
    else if (keyword === 'propertyNames') { if (kindOf(value) === 'object') for (const name of Object.keys(value)) check(argument, name, `${path}.${name}`, fault); }
    else if (keyword === 'additionalProperties') { /* with properties, below */ }
    else if (keyword in keywords) { const message = keywords[keyword](argument, value); if (message) fault(path, message); }
    else if (!annotations.has(keyword)) throw new Error(`pack.schema.json uses "${keyword}", which check-packs.mjs does not know`);
  }
  if (kindOf(value) !== 'object') return;
  for (const name of rule.required ?? []) if (!Object.hasOwn(value, name)) fault(path, `"${name}" is missing`);
  for (const [name, part] of Object.entries(value)) {
    if (Object.hasOwn(rule.properties ?? {}, name)) check(rule.properties[name], part, `${path}.${name}`, fault);
    else if (rule.additionalProperties === false) fault(`${path}.${name}`, 'is not a field of this object');
    else if (rule.additionalProperties) check(rule.additionalProperties, part, `${path}.${name}`, fault);
  }
}

/** Where each path begins, as [line, column]: JSON.parse does not say. The text is known to be JSON. */
function positions(text) {
  const found = new Map();
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  const open = [];
  const here = () => open.reduce((path, frame) => path + (frame.array ? `[${frame.index}]` : `.${frame.name}`), '$');
  for (let match; (match = token.exec(text));) {
    const top = open.at(-1);
    const [symbol] = match;
    if (symbol === '}' || symbol === ']') { open.pop(); continue; }
    if (symbol === ',') { if (top.array) top.index++; else top.awaitsName = true; continue; }
    if (symbol === ':') continue;
    if (top?.awaitsName) { top.name = JSON.parse(symbol); top.awaitsName = false; found.set(here(), match.index); continue; }
    if (!found.has(here())) found.set(here(), match.index);
    if (symbol === '{') open.push({ awaitsName: true });
    if (symbol === '[') open.push({ array: true, index: 0 });
  }
  return (path) => {
    const before = text.slice(0, found.get(path) ?? 0).split('\n');
    return `${before.length},${before.at(-1).length + 1}`;
  };
}

let faults = 0;
const report = (file, place, path, message) => {
  faults++;
  console.log(`${file}(${place}): error PACK0001: ${path}: ${message}`);
};
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json')).sort()) {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  let pack;
  try {
    pack = JSON.parse(text);
  } catch (notJson) {
    report(file, '1,1', '$', `this is not JSON: ${notJson.message.replaceAll(/\s+/g, ' ')}`);
    continue;
  }
  let placeOf;
  check(schema, pack, '$', (path, message) => report(file, (placeOf ??= positions(text))(path), path, message));
}
process.exitCode = faults > 0 ? 1 : 0;
