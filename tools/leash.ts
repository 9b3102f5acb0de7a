// Loaded before a child of start:many: a parent that is gone, even by kill -9, closes the channel, and the child then stops in order.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
