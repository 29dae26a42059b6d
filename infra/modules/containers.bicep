// An environment for Qdrant and for the job that makes the desk's database role; seen from the virtual network only.
param location string
param tags object
param suffix string
param networkId string
param subnetId string
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'cae-${suffix}'
  location: location
  tags: tags
  properties: {
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: true }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
  }
}

module names 'containers-names.bicep' = {
  name: 'containers-names'
  params: {
    domain: environment.properties.defaultDomain
    address: environment.properties.staticIp
    networkId: networkId
    tags: tags
  }
}

output id string = environment.id
output name string = environment.name
