// Verifies what stands on standard input with the reference library of Standard Webhooks, and with Node's own cryptography.
import { createHmac, createPublicKey, verify } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Webhook } = createRequire(join(process.argv[2], "package.json"))("standardwebhooks");
let input = "";
for await (const chunk of process.stdin) input += chunk;

const results = JSON.parse(input).map(({ kind, secret, headers, body }) => {
  try {
    if (kind === "standard") new Webhook(secret).verify(body, headers);
    else if (kind === "sign") return new Webhook(secret).sign(headers["webhook-id"], new Date(Number(headers["webhook-timestamp"]) * 1000), body);
    else if (kind === "timestamped") {
      const parts = headers["x-prospectops-signature"].split(",");
      const expected = createHmac("sha256", secret).update(`${parts[0].slice(2)}.${body}`).digest("hex");
      if (!parts.slice(1).includes(`v1=${expected}`)) throw new Error("No signature matches.");
    } else if (kind === "ed25519") {
      // SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) is this prefix and the key.
      const key = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(secret.slice(5), "base64")]), format: "der", type: "spki" });
      const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
      if (!verify(null, signed, key, Buffer.from(headers["webhook-signature"].slice(4), "base64"))) throw new Error("The signature does not match.");
    }
    return "ok";
  } catch (error) {
    return `refused: ${error.message}`;
  }
});
console.log(JSON.stringify(results));
