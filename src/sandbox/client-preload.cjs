/*
 * Loaded into the local chat client before anything else: what it has no options for.
 */
const http = require('node:http');
const net = require('node:net');

endWithParent();
listenHereOnly();
holdMessagesUntilShown();

/** However the sandbox ended, its windows end as well. */
function endWithParent() {
  process.on('disconnect', () => process.exit());
}

/** The client listens on all addresses; here it gets this machine's own alone. */
function listenHereOnly() {
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function listenHere(first, second, ...rest) {
    const portAlone = typeof first === 'number' && typeof second !== 'string';
    return portAlone
      ? listen.call(this, first, '127.0.0.1', second, ...rest)
      : listen.call(this, first, second, ...rest);
  };
}

/**
 * What was written to a window while it was closed is sent to its page as soon as that connects, and lost where the
 * page has not loaded its chats by then. So the connection waits until the page has opened the chat.
 */
function holdMessagesUntilShown() {
  const longestHold = 5_000;
  const held = new Set();
  const { emit } = http.Server.prototype;

  http.Server.prototype.emit = function emitInOrder(event, request, ...rest) {
    if (event === 'upgrade' && request.url.startsWith('/_ws_conversation/')) {
      const connect = () => held.delete(connect) && emit.call(this, event, request, ...rest);
      held.add(connect);
      setTimeout(connect, longestHold);
      return true;
    }
    if (event === 'request' && /^\/_debug\/conversation\/.*\/installation/.test(request.url))
      for (const connect of held) connect();
    return emit.call(this, event, request, ...rest);
  };
}
