import type pg from 'pg';

/** Channel on which a command asks the process of a service to redrive; only that process can run the consumer. */
const CHANNEL = 'polity_redrive';

/** One dead letter. */
export interface RedriveRequest {
  consumer: string;
  eventId: string;
}

/** Has `act` called for every request that arrives on this connection. */
export async function onRedriveRequests(client: pg.Client, act: (request: RedriveRequest) => void): Promise<void> {
  client.on('notification', ({ channel, payload }) => {
    if (channel === CHANNEL && payload) act(JSON.parse(payload) as RedriveRequest);
  });
  await client.query(`listen ${CHANNEL}`);
}

/** Asks whichever processes of the service run now. */
export async function requestRedrive(client: pg.Client, request: RedriveRequest): Promise<void> {
  await client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(request)]);
}
