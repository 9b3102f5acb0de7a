import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';

/** All metrics of one process as values, to be put together with those of others. */
export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

/** What several processes measured as if they were one: sums, or what a metric says of itself (`aggregator`). */
export async function summed(processes: MetricValues[]): Promise<{ contentType: string; text: string }> {
  const registry = AggregatorRegistry.aggregate(processes);
  return { contentType: registry.contentType, text: await registry.metrics() };
}
