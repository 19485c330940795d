// Preloaded into Azurite: our end of its standard input closes however we end, and Azurite then saves and leaves.
// SIGTERM alone makes it save: docs/adr/0002-azurite-as-the-embedded-store.md.
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
process.stdin.unref?.(); // listening here must not keep it alive once its servers have closed
