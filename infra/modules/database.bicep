// PostgreSQL, reachable from the virtual network only. The administrator made here is not the desk's role: it has CREATEROLE and may get
// around row-level security, so the desk refuses it. hooks/make-role.sql makes the desk's own.
param location string
param tags object
param suffix string
param sku object
param gigabytes int
param highAvailability bool
param backupDays int
param subnetId string
param dnsZoneId string
@secure()
param adminPassword string
param workspaceId string

var adminName = 'desk_admin'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'psql-${suffix}'
  location: location
  tags: tags
  sku: {
    name: sku.name
    tier: sku.tier
  }
  properties: {
    version: '16'
    administratorLogin: adminName
    administratorLoginPassword: adminPassword
    storage: { storageSizeGB: gigabytes, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: backupDays, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: highAvailability ? 'ZoneRedundant' : 'Disabled' }
    network: { delegatedSubnetResourceId: subnetId, privateDnsZoneArmResourceId: dnsZoneId }
    authConfig: { activeDirectoryAuth: 'Disabled', passwordAuth: 'Enabled' }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: server
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'PostgreSQLLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output host string = server.properties.fullyQualifiedDomainName
output adminName string = adminName
