import type { z } from 'zod';
import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import { getStatistics } from './endpoints.ts';
import type { Statistics, StatisticsAsked, ToldGroup } from './read-statistics.ts';

/** The use case of statistics, with what it needs already given. */
export interface StatisticsVerbs {
  readonly minimum: number;
  read(asked: StatisticsAsked): Promise<Statistics>;
}

type Shown = z.input<(typeof getStatistics.replies)[200]['schema']>;

export function statisticsRoutes(web: Web, statistics: StatisticsVerbs): void {
  serve(web, getStatistics, async ({ query }) => {
    const { asked, total, groups } = await statistics.read({
      from: query.from === undefined ? null : new Date(query.from),
      to: query.to === undefined ? null : new Date(query.to),
      live: query.livemode === 'true',
      by: query.group_by,
    });
    return reply(200, {
      object: 'statistics' as const,
      from: asked.from.toISOString(),
      to: asked.to.toISOString(),
      livemode: asked.live,
      minimum: statistics.minimum,
      total: { count: total, hidden: total === null },
      data: query.group_by.length === 0 ? [] : groups.map(shown),
    });
  });
}

function shown({ of, count }: ToldGroup): Shown['data'][number] {
  const { retailer, ...rest } = of;
  const named = retailer === undefined ? rest : { ...rest, retailer_id: retailer };
  return { ...named, count, hidden: count === null } as Shown['data'][number];
}
