-- Makes the database and its two logins. Run it with sqlcmd as an administrator; it may be run again, and then sets the passwords anew.
-- sqlcmd takes the passwords from the environment: OWNER_PASSWORD for db migrate, ENGINE_PASSWORD for the roles.
--   sqlcmd -S SERVER -U sa -b -i setup.sql
:on error exit

-- Text keys are compared by their bytes, as in the other databases.
if db_id(N'contribution_engine') is null
    create database contribution_engine collate Latin1_General_100_BIN2;
go

-- Readers must not wait for writers; doctor checks it.
alter database contribution_engine set read_committed_snapshot on with rollback immediate;
go

-- A proof and an export read as of one moment; doctor checks this too.
alter database contribution_engine set allow_snapshot_isolation on;
go

if suser_id(N'contribution_engine_owner') is null
    create login contribution_engine_owner with password = N'$(OWNER_PASSWORD)', default_database = contribution_engine;
else
    alter login contribution_engine_owner with password = N'$(OWNER_PASSWORD)';
if suser_id(N'contribution_engine') is null
    create login contribution_engine with password = N'$(ENGINE_PASSWORD)', default_database = contribution_engine;
else
    alter login contribution_engine with password = N'$(ENGINE_PASSWORD)';
go

use contribution_engine;
go

-- After a restore from another server the users are there, and belong to that server's logins.
if user_id(N'contribution_engine_owner') is null
    create user contribution_engine_owner for login contribution_engine_owner with default_schema = dbo;
else
    alter user contribution_engine_owner with login = contribution_engine_owner;
if user_id(N'contribution_engine') is null
    create user contribution_engine for login contribution_engine with default_schema = dbo;
else
    alter user contribution_engine with login = contribution_engine;
go

-- The owner changes the schema. It may do so for dbo only, and hands out no rights.
grant create table, create view, create procedure, create function, create type to contribution_engine_owner;
grant alter, references, execute, select, insert, update, delete on schema::dbo to contribution_engine_owner;

-- The engine reads and writes rows. Execute is for table types and no more: there are no procedures.
-- Bulk copy without the right to alter tables checks constraints and fires triggers, which is what we want of it.
grant select, insert, update, delete, execute on schema::dbo to contribution_engine;
go
