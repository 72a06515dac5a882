import type { AnsweredClaims } from './verdict.ts';

/** A grey silhouette, drawn for the purpose. */
const SILHOUETTE = [
  '/9j/2wBDABQUFBQVFBcZGRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////2wBD',
  'ARQUFBQVFBcZGRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////wgARCACgAHgD',
  'ASIAAhEBAxEB/8QAGgABAQEBAQEBAAAAAAAAAAAAAAUEAwECBv/EABYBAQEBAAAAAAAAAAAAAAAAAAABAv/aAAwDAQACEAMQAAAA',
  '/SjUAAAAAAAAAAAAAAAAAcvJBr55ybNsb0uuPZQAAAJHAQADvXg3lAAAAifG/AgAH3bwb1AAAA8nUhBW+ZI2b/s89AAAAA4Yioh/',
  'JeQ9BUcO4AAAw9JYCAAKE8XmXUoA4kvmIAAAB0tQbC9gMezAYAgAAAClN3m8L//EAC8QAAIBAQUHAQgDAAAAAAAAAAECAwQAESAw',
  'URASEyExMoEUIiNBQ1JhcZFAYKH/2gAIAQEAAT8A/oMkqRD2j4s9Y57VAt6qf6v8FkrHHcoNo5UlHsnxlTyiJL/ielmYsSSbycCs',
  'VIINxtBKJUv+I65NS+/K2g5YqZ9yUaHlkk3knEDcQcmRd12GhxRrvOq6nJrIvmDzio4vmHxkkAi42mpWUkpzGmCGlZiC/IaWAAFw',
  'y2jR+5Qbemg+iyxonaoH8qWojj+50Fnq5W6XLYu7dWJ2B3XoxFkq5V63MLRVEcn2OhyKipuJRD+TkU9Tfcjn8HFUzcNLh3HKppuI',
  'lx7hhmfiSM36yoX4cit+8E7bsTnMgbeiQ7a0+7UatmUR92w0bbW9I/OZRdJPGz//xAAUEQEAAAAAAAAAAAAAAAAAAABg/9oACAEC',
  'AQE/ACH/xAAUEQEAAAAAAAAAAAAAAAAAAABg/9oACAEDAQE/ACH/2Q==',
].join('');

/** Who stands behind test tokens: nobody. */
export const SAMPLE_PERSON = {
  family_name: 'Sample',
  given_name: 'Sam',
  birth_date: '2000-01-01',
  portrait: `data:image/jpeg;base64,${SILHOUETTE}`,
  document_number: 'TEST-000000',
  nationality: 'GB',
} as const satisfies AnsweredClaims;
