import { connect } from 'node:net';
import { startGatewayWorld } from './gateway-world.ts';

it('answers what is under way when it closes, and waits for no connection on which nobody asks', async () => {
  const at = await startGatewayWorld();
  const silent = connect(at.port, '127.0.0.1');
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await new Promise((resolve) => silent.once('connect', resolve));
  at.down.set('portal', 'hangs');
  const slow = at.browser().ask('{ posts { edges { cursor } } }');
  await at.browser().ask('{ graphVersion }');
  const closed = at.close();
  expect((await slow).codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
  await Promise.all([closed, ended]);
});
