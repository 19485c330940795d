// Brings the one file that the page of the API needs, out of the package that eng/docs-page.json pins, into .run/docs-page.
// Not through package.json: the file is whole by itself, and npm would install some 400 MB that it was built from.
// docs/adr/0033-api-document.md
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pin = JSON.parse(readFileSync(join(root, "eng/docs-page.json"), "utf8"));
const target = join(root, ".run/docs-page");
mkdirSync(target, { recursive: true });
const scratch = mkdtempSync(join(target, "fetch-"));
try {
  const options = { cwd: scratch, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 };
  const packed = execFileSync("npm", ["pack", "--silent", `${pin.package}@${pin.version}`], options).trim().split("\n").pop();
  const archive = join(scratch, packed);
  const [algorithm, expected] = pin.integrity.split(/-(.*)/s);
  const found = createHash(algorithm).update(readFileSync(archive)).digest("base64");
  if (found !== expected) throw new Error(`${pin.package}@${pin.version} is not what eng/docs-page.json pins: ${algorithm}-${found}`);
  execFileSync("tar", ["-xzf", archive, pin.file], options);
  writeFileSync(join(target, "scalar.js"), readFileSync(join(scratch, pin.file)));
  // Last, because it says that all is there.
  copyFileSync(join(root, "eng/docs-page.json"), join(target, "docs-page.json"));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
