// A contents page: what the desk consists of on Azure, and what knows of what.
param location string
param tags object
param suffix string
param sizes object
param alertEmail string
param monthlyBudget int
param budgetStart string
param qdrant string
param qdrantVolume string
param qdrantUrl string
param openAi bool
param publicUrl string
param tenant string
@secure()
param telegramToken string
@secure()
param masterKey string
@secure()
param uploadKey string
@secure()
param ownerCode string
@secure()
param databaseAdminPassword string
@secure()
param databasePassword string
@secure()
param qdrantApiKey string

var functionsName = 'func-functions-${suffix}'
var ingestionName = 'func-ingestion-${suffix}'

resource functionsIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-functions-${suffix}'
  location: location
  tags: tags
}

resource ingestionIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-ingestion-${suffix}'
  location: location
  tags: tags
}

var identities = [functionsIdentity.properties.principalId, ingestionIdentity.properties.principalId]

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    tags: tags
    suffix: suffix
    days: sizes.logDays
    gigabytesPerDay: sizes.logGigabytesPerDay
    principalIds: identities
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: { location: location, tags: tags, suffix: suffix }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    tags: tags
    suffix: suffix
    sku: sizes.storageSku
    principalIds: identities
    workspaceId: monitoring.outputs.workspaceId
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  params: {
    location: location
    tags: tags
    suffix: suffix
    sku: sizes.databaseSku
    gigabytes: sizes.databaseGigabytes
    highAvailability: sizes.databaseHighAvailability
    backupDays: sizes.backupDays
    subnetId: network.outputs.databaseSubnetId
    dnsZoneId: network.outputs.databaseDnsZoneId
    adminPassword: databaseAdminPassword
    workspaceId: monitoring.outputs.workspaceId
  }
}

module containers 'modules/containers.bicep' = {
  name: 'containers'
  params: {
    location: location
    tags: tags
    suffix: suffix
    networkId: network.outputs.id
    subnetId: network.outputs.containersSubnetId
    workspaceName: monitoring.outputs.workspaceName
  }
}

module roleJob 'modules/role-job.bicep' = {
  name: 'role-job'
  params: {
    location: location
    tags: tags
    environmentId: containers.outputs.id
    databaseHost: database.outputs.host
    adminName: database.outputs.adminName
    adminPassword: databaseAdminPassword
    databasePassword: databasePassword
  }
}

module qdrantApp 'modules/qdrant.bicep' = if (qdrant == 'containerApp') {
  name: 'qdrant'
  params: {
    location: location
    tags: tags
    suffix: suffix
    environmentName: containers.outputs.name
    subnetId: network.outputs.containersSubnetId
    volume: qdrantVolume
    processors: sizes.qdrantProcessors
    memory: sizes.qdrantMemory
    apiKey: qdrantApiKey
  }
}

module models 'modules/openai.bicep' = if (openAi) {
  name: 'openai'
  params: {
    location: location
    tags: tags
    suffix: suffix
    principalId: functionsIdentity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    tags: tags
    suffix: suffix
    principalIds: identities
    workspaceId: monitoring.outputs.workspaceId
    databaseHost: database.outputs.host
    databasePassword: databasePassword
    telegramToken: telegramToken
    masterKey: masterKey
    uploadKey: uploadKey
    ownerCode: ownerCode
    qdrantApiKey: qdrantApiKey
  }
}

module settings 'modules/settings.bicep' = {
  name: 'settings'
  params: {
    vaultUri: vault.outputs.uri
    publicUrl: empty(publicUrl) ? 'https://${functionsName}.azurewebsites.net' : publicUrl
    tenant: tenant
    connections: sizes.connections
    qdrantUrl: qdrant == 'containerApp' ? qdrantApp!.outputs.url : qdrant == 'external' ? qdrantUrl : ''
    openAiEndpoint: openAi ? models!.outputs.endpoint : ''
  }
}

module functions 'modules/function-app.bicep' = {
  name: 'functions'
  params: {
    name: functionsName
    location: location
    tags: union(tags, { 'azd-service-name': 'functions' })
    identityName: functionsIdentity.name
    subnetId: network.outputs.functionsSubnetId
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.functionsContainer
    insightsName: monitoring.outputs.insightsName
    workspaceId: monitoring.outputs.workspaceId
    maximumInstanceCount: sizes.functionsMaximum
    instanceMemoryMB: sizes.instanceMemoryMB
    alwaysReady: sizes.functionsReady
    settings: settings.outputs.functions
  }
}

module ingestion 'modules/function-app.bicep' = {
  name: 'ingestion'
  params: {
    name: ingestionName
    location: location
    tags: union(tags, { 'azd-service-name': 'ingestion' })
    identityName: ingestionIdentity.name
    subnetId: network.outputs.functionsSubnetId
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.ingestionContainer
    insightsName: monitoring.outputs.insightsName
    workspaceId: monitoring.outputs.workspaceId
    maximumInstanceCount: sizes.ingestionMaximum
    instanceMemoryMB: sizes.instanceMemoryMB
    alwaysReady: sizes.ingestionReady
    settings: settings.outputs.ingestion
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: tags
    suffix: suffix
    insightsId: monitoring.outputs.insightsId
    email: alertEmail
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: { location: location, tags: tags, insightsId: monitoring.outputs.insightsId }
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  params: { amount: monthlyBudget, start: budgetStart, email: alertEmail }
}

output functionsUrl string = functions.outputs.url
output ingestionUrl string = ingestion.outputs.url
output roleJobId string = roleJob.outputs.id
output vaultName string = vault.outputs.name
