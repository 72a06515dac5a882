// Imported into the service by start.mjs. If that parent is killed outright it cannot pass a signal on any more,
// and the service would live on unseen and keep the port. So the end of the channel between them is a SIGTERM.

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

// The channel alone must not keep a finished command alive.
process.channel?.unref();
