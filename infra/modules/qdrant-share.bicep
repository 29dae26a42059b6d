// NFS 4.1 for Qdrant's files. Qdrant's own documentation says it does not work on NFS: take it for trials, with PostgreSQL as the truth.
param location string
param tags object
@minLength(13)
param suffix string
param environmentName string
param subnetId string

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'stq${suffix}'
  location: location
  tags: tags
  kind: 'FileStorage'
  sku: { name: 'Premium_LRS' }
  properties: {
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    // NFS of Azure Files has no encryption in transit: the subnet is the only way in.
    supportsHttpsTrafficOnly: false
    networkAcls: {
      defaultAction: 'Deny'
      virtualNetworkRules: [{ id: subnetId, action: 'Allow' }]
    }
  }

  resource files 'fileServices' = {
    name: 'default'
    resource share 'shares' = {
      name: 'qdrant'
      properties: { enabledProtocols: 'NFS', shareQuota: 100 }
    }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' existing = {
  name: environmentName

  resource storage 'storages' = {
    name: 'qdrant'
    properties: {
      nfsAzureFile: {
        server: '${account.name}.file.${az.environment().suffixes.storage}'
        shareName: '/${account.name}/${account::files::share.name}'
        accessMode: 'ReadWrite'
      }
    }
  }
}

output storageName string = environment::storage.name
