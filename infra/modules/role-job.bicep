// Runs hooks/make-role.sql as the administrator, from inside the network: nobody's own computer needs a way to PostgreSQL.
param location string
param tags object
param environmentId string
param databaseHost string
param adminName string
@secure()
param adminPassword string
@secure()
param databasePassword string

resource job 'Microsoft.App/jobs@2025-01-01' = {
  name: 'make-database-role'
  location: location
  tags: tags
  properties: {
    environmentId: environmentId
    configuration: {
      triggerType: 'Manual'
      replicaTimeout: 300
      replicaRetryLimit: 1
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      secrets: [
        { name: 'admin-password', value: adminPassword }
        { name: 'database-password', value: databasePassword }
      ]
    }
    template: {
      containers: [
        {
          name: 'psql'
          image: 'docker.io/library/postgres:16'
          command: ['/bin/sh', '-c', 'printf %s "$MAKE_ROLE" | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          env: [
            { name: 'MAKE_ROLE', value: loadTextContent('../hooks/make-role.sql') }
            { name: 'PGHOST', value: databaseHost }
            { name: 'PGDATABASE', value: 'postgres' }
            { name: 'PGSSLMODE', value: 'require' }
            { name: 'PGUSER', value: adminName }
            { name: 'PGPASSWORD', secretRef: 'admin-password' }
            { name: 'SUPPORT_DATABASE_PASSWORD', secretRef: 'database-password' }
          ]
        }
      ]
    }
  }
}

output id string = job.id
