import { manualClock } from '@polity/kernel/clock';
import { uuidv7 } from '@polity/kernel/ids';
import { memoryStore } from '@polity/kernel/kv/memory';
import { sessionStore } from '../src/session/store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function signedIn(acr: string) {
  const clock = manualClock();
  const store = sessionStore(memoryStore({ clock }), clock);
  const authTime = clock.nowMs() / 1000;
  const session = {
    userId: uuidv7(),
    tenantId: null,
    amr: ['pwd', 'otp', 'mfa'],
    acr,
    authTime,
    device: null,
    address: null,
  };
  return { clock, store, begun: store.start(session) };
}

describe('the assurance of a session', () => {
  it('falls back to one factor an hour after the last use, and the session goes on', async () => {
    const { clock, store, begun } = signedIn('aal2');
    const { cookie } = await begun;
    clock.advance(59 * MINUTE);
    expect((await store.find(cookie))?.record.acr).toBe('aal2');
    clock.advance(61 * MINUTE);
    expect((await store.find(cookie))?.record.acr).toBe('aal1');
    expect((await store.find(cookie))?.record.acr).toBe('aal1');
  });

  it('falls back to one factor a day after the proof, however often the session is used', async () => {
    const { clock, store, begun } = signedIn('aal2');
    const { cookie } = await begun;
    for (let hours = 0; hours < 24; hours += 0.5) {
      expect((await store.find(cookie))?.record.acr).toBe('aal2');
      clock.advance(HOUR / 2);
    }
    clock.advance(MINUTE);
    expect((await store.find(cookie))?.record.acr).toBe('aal1');
  });

  it('ends with the session after a day without use, and after thirty days in any case', async () => {
    const unused = signedIn('aal1');
    const { cookie } = await unused.begun;
    unused.clock.advance(24 * HOUR + MINUTE);
    expect(await unused.store.find(cookie)).toBeNull();
    const used = signedIn('aal1');
    const other = await used.begun;
    for (let halfDays = 0; halfDays < 59; halfDays += 1) {
      used.clock.advance(12 * HOUR);
      expect(await used.store.find(other.cookie)).not.toBeNull();
    }
    used.clock.advance(11 * HOUR);
    expect(await used.store.find(other.cookie)).not.toBeNull();
    used.clock.advance(HOUR + MINUTE);
    expect(await used.store.find(other.cookie)).toBeNull();
  });
});
