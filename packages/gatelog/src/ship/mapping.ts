/** A property of a mapping, or an object of them. */
export interface Property {
  readonly type?: string;
  readonly ignore_above?: number;
  readonly properties?: Readonly<Record<string, Property>>;
}

// Lucene refuses terms above 32,766 bytes, and with them the document: 1,024 is ECS's own bound.
const KEYWORD: Property = { type: 'keyword', ignore_above: 1_024 };
const LONG: Property = { type: 'long' };
const IP: Property = { type: 'ip' };

/**
 * The mapping of access events: Elastic Common Schema 8.11 types.
 * https://www.elastic.co/guide/en/ecs/8.11/ecs-field-reference.html
 */
export function accessMapping(messageType: 'match_only_text' | 'text'): Property {
  return group({
    '@timestamp': { type: 'date' },
    message: { type: messageType },
    ecs: group({ version: KEYWORD }),
    log: group({ level: KEYWORD }),
    event: group({
      id: KEYWORD,
      kind: KEYWORD,
      category: KEYWORD,
      type: KEYWORD,
      outcome: KEYWORD,
      action: KEYWORD,
      severity: LONG,
      duration: LONG,
    }),
    http: group({
      version: KEYWORD,
      route: KEYWORD,
      request: group({ method: KEYWORD, referrer: KEYWORD, body: group({ bytes: LONG }) }),
      response: group({ status_code: LONG, body: group({ bytes: LONG }) }),
    }),
    url: group({ path: KEYWORD, query: KEYWORD, domain: KEYWORD }),
    gatelog: group({ page: KEYWORD }),
    client: group({ ip: IP }),
    source: group({ ip: IP }),
    user_agent: group({ original: KEYWORD }),
    user: group({ name: KEYWORD }),
    trace: group({ id: KEYWORD }),
  });
}

function group(properties: Readonly<Record<string, Property>>): Property {
  return { properties };
}
