-- Makes the database and its two roles. Run it with psql as a superuser; it may be run again, and then sets the passwords anew.
-- The passwords come from the environment: OWNER_PASSWORD for db migrate, ENGINE_PASSWORD for the roles of the program.
--   psql -X -h SERVER -U postgres -f setup.sql
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv engine_password ENGINE_PASSWORD

select 'create role contribution_engine_owner' where not exists (select from pg_roles where rolname = 'contribution_engine_owner') \gexec
select 'create role contribution_engine' where not exists (select from pg_roles where rolname = 'contribution_engine') \gexec
alter role contribution_engine_owner login password :'owner_password';
alter role contribution_engine login password :'engine_password';

-- Text keys are compared by their bytes, as in the other databases; and an upgrade of the system's locales cannot spoil an index.
select 'create database contribution_engine owner contribution_engine_owner template template0 encoding ''UTF8'' locale ''C'''
 where not exists (select from pg_database where datname = 'contribution_engine') \gexec
revoke all on database contribution_engine from public;
grant connect, temporary on database contribution_engine to contribution_engine;

\connect contribution_engine
alter schema public owner to contribution_engine_owner;
revoke all on schema public from public;
grant usage on schema public to contribution_engine;

-- The engine reads and writes rows, of the tables that are here and of those that a migration will make.
grant select, insert, update, delete on all tables in schema public to contribution_engine;
alter default privileges for role contribution_engine_owner in schema public grant select, insert, update, delete on tables to contribution_engine;
