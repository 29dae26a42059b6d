-- Makes the desk's role and database, as an administrator with CREATEROLE and CREATEDB (superuser not needed). Twice is fine.
--   SUPPORT_DATABASE_PASSWORD=… psql --set ON_ERROR_STOP=1 -f make-role.sql      psql 15 or newer
-- The role is neither superuser nor BYPASSRLS, or row-level security would not bind it; it cannot make roles, so support_tenant,
-- under which every company's rows are read and written, is made here for it.
set client_min_messages = warning;
\getenv password SUPPORT_DATABASE_PASSWORD
\if :{?role} \else \set role support \endif
\if :{?database} \else \set database support \endif

select not exists (select from pg_roles where rolname = 'support_tenant') as missing \gset
\if :missing
create role support_tenant nologin;
\endif

select not exists (select from pg_roles where rolname = :'role') as missing \gset
\if :missing
create role :"role" login;
\endif
alter role :"role" password :'password';
-- Since 16 only who made support_tenant (or was given it to pass on) may grant it.
select not pg_has_role(:'role', 'support_tenant', 'member') as missing \gset
\if :missing
grant support_tenant to :"role";
\endif

select not exists (select from pg_database where datname = :'database') as missing \gset
\if :missing
-- Since 16 who makes a role may not yet hand it things: that wants a membership, for this moment only.
grant :"role" to current_user;
create database :"database" owner :"role";
revoke :"role" from current_user;
\endif
