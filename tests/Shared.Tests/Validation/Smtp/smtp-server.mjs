// A mail server of the npm package smtp-server on 127.0.0.1, whose mailboxes behave as their names say.
// Prints its port, then a line of JSON for each mailbox that it is asked about and each session that ends.
import { SMTPServer } from 'smtp-server';

const refuse = (code, message) => Object.assign(new Error(message), { responseCode: code });
const seen = new Set();
const mode = process.argv[2] ?? 'plain';

const server = new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  hidePIPELINING: mode === 'slow',
  hideSTARTTLS: mode === 'noTls',
  banner: 'test',
  onRcptTo({ address }, session, callback) {
    console.log(JSON.stringify({ session: session.id, address, secure: session.secure }));
    const [local, domain] = address.split('@');
    if (domain === 'all.com' || local.startsWith('jane'))
      return callback();
    if (local.startsWith('grey') && !seen.has(address)) {
      seen.add(address);
      return callback(refuse(450, '4.2.0 Greylisted, try again in 300 seconds'));
    }
    if (local.startsWith('grey'))
      return callback();
    if (local.startsWith('full'))
      return callback(refuse(452, '4.2.2 Mailbox full'));
    if (local.startsWith('off'))
      return callback(refuse(550, '5.2.1 Mailbox disabled'));
    return callback(refuse(550, '5.1.1 No such user'));
  },
  onData(stream, session, callback) {
    console.log(JSON.stringify({ session: session.id, data: true }));
    stream.resume();
    callback(refuse(554, 'Nobody sends here'));
  },
});
server.on('error', error => console.error(error.message));
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
// Ends with whoever started it.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
