/*
 * Loaded into the local chat client before anything else. The client has no option for the address that it
 * listens on and takes all of them; here it gets this machine's own alone. It also ends with its parent,
 * however that ended.
 */
const { Server } = require('node:net');

const { listen } = Server.prototype;

Server.prototype.listen = function listenHere(first, second, ...rest) {
  const portAlone = typeof first === 'number' && typeof second !== 'string';
  return portAlone
    ? listen.call(this, first, '127.0.0.1', second, ...rest)
    : listen.call(this, first, second, ...rest);
};

process.on('disconnect', () => process.exit());
