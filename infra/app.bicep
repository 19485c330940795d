param location string
param tags object
param token string
@secure()
param anthropicApiKey string
@secure()
param hashKey string
@secure()
param secretKeys string
@secure()
param bootstrapKey string
param maximumInstanceCount int
param alwaysReady array
param storageSku string

var packageContainer = 'app-package'
var anthropicSecret = 'anthropic-api-key'
var hashKeySecret = 'hash-key'
var secretKeysSecret = 'secret-keys'
var bootstrapKeySecret = 'bootstrap-key'

// Built-in roles. The host keeps its locks, timers and keys in blobs, which asks for Owner rather than Contributor.
var storageRoles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: storageSku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: packageContainer
    }
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${token}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
  }

  resource anthropic 'secrets' = if (!empty(anthropicApiKey)) {
    name: anthropicSecret
    properties: { value: anthropicApiKey }
  }

  resource hash 'secrets' = {
    name: hashKeySecret
    properties: { value: hashKey }
  }

  resource secrets 'secrets' = {
    name: secretKeysSecret
    properties: { value: secretKeys }
  }

  resource bootstrap 'secrets' = {
    name: bootstrapKeySecret
    properties: { value: bootstrapKey }
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource functionApp 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
  }
  dependsOn: [storage::blobs::packages]
}

resource storageAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(storageRoles): {
  name: guid(storage.id, functionApp.id, role.value)
  scope: storage
  properties: {
    principalId: functionApp.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

resource vaultAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, functionApp.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: functionApp.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource insightsAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, functionApp.id, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: functionApp.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

// After the roles: a Key Vault reference that fails once stays failed until the app restarts.
// The worker's runtime and the host's version are set by functionAppConfig; as settings they would be refused.
resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: functionApp
  name: 'appsettings'
  properties: union({
      AzureWebJobsStorage__accountName: storage.name
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD'
      Tenancy__HashKey: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${hashKeySecret})'
      Tenancy__BootstrapKey: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${bootstrapKeySecret})'
      // The front end adds the caller's address to X-Forwarded-For.
      Tenancy__ForwardedHops: '1'
      Secrets__Keys: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${secretKeysSecret})'
    }, empty(anthropicApiKey) ? {} : {
      ANTHROPIC_API_KEY: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${anthropicSecret})'
    })
  dependsOn: [storageAccess, vaultAccess, insightsAccess, vault::anthropic, vault::hash, vault::secrets, vault::bootstrap]
}

output functionAppName string = functionApp.name
output keyVaultName string = vault.name
output url string = 'https://${functionApp.properties.defaultHostName}'
