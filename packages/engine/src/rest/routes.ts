import { BULK_ROUTES } from './api/bulk.ts';
import { CAT_ROUTES } from './api/cat.ts';
import { CLUSTER_ROUTES } from './api/cluster.ts';
import { DOCUMENT_READ_ROUTES } from './api/document-read.ts';
import { DOCUMENT_WRITE_ROUTES } from './api/document-write.ts';
import { FIELD_MAPPING_ROUTES } from './api/field-mapping.ts';
import { INDEX_ROUTES } from './api/indices.ts';
import { MAINTENANCE_ROUTES } from './api/maintenance.ts';
import { MAPPING_ROUTES } from './api/mapping.ts';
import { ROOT_ROUTES } from './api/root.ts';
import { SEARCH_ROUTES } from './api/search.ts';
import { SECURITY_ROUTES } from './api/security.ts';
import { SETTINGS_ROUTES } from './api/settings.ts';
import type { Route } from './route.ts';

/** Every API there is. */
export const ROUTES: readonly Route[] = [
  ...ROOT_ROUTES,
  ...DOCUMENT_WRITE_ROUTES,
  ...DOCUMENT_READ_ROUTES,
  ...BULK_ROUTES,
  ...SEARCH_ROUTES,
  ...INDEX_ROUTES,
  ...MAPPING_ROUTES,
  ...FIELD_MAPPING_ROUTES,
  ...SETTINGS_ROUTES,
  ...MAINTENANCE_ROUTES,
  ...CAT_ROUTES,
  ...CLUSTER_ROUTES,
  ...SECURITY_ROUTES,
];
