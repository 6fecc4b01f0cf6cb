// The portal on Azure: Container Apps, Azure SQL, Key Vault and storage, each reached by a managed identity.
//   az deployment group create --resource-group <group> --template-file deploy/main.bicep --parameters deploy/main.bicepparam
// In stages: first the foundation, then the migration, then the portal (README.md in this folder lists the steps in between).
targetScope = 'resourceGroup'

@description('Prefix of all resource names; three to eleven small letters and digits.')
@minLength(3)
@maxLength(11)
param name string

param location string = resourceGroup().location

@description('How much to deploy: `foundation` creates the vault and everything else that needs no image, `migration` adds the job that migrates the database, `portal` deploys everything.')
@allowed(['foundation', 'migration', 'portal'])
param stage string = 'portal'

@description('The image with its digest: registry.example.com/luware-portal@sha256:…')
param image string

@description('Name of the container registry in this resource group that holds the image; empty if the image is public.')
param registry string = ''

@description('The https address that people type.')
param publicAddress string

@description('Resource id of the host name\'s certificate in the environment; empty until there is one. A deployment without it removes the host name from the portal.')
param certificateId string = ''

@description('Application id of the portal, as register-apps.ps1 prints it.')
param clientId string

@description('Recording applications by region: { MTCH: [ \'…\' ], MTDE: [ \'…\', \'…\' ] }.')
param recordingApplications { *: string[] }

@description('Object id and name of the Entra group that administers the database.')
param sqlAdministrators { objectId: string, name: string }

@description('Object id of the Entra group that writes the vault\'s secrets.')
param vaultWriters string

@description('Object id of the Entra group of the operators, who may stop all writing.')
param operators string

@description('Retention of the logs in days. They hold the ends of the audit\'s chains, without which a cut cannot be detected.')
@minValue(90)
@maxValue(730)
param logRetentionDays int = 730

@minValue(1)
@maxValue(10)
param replicas int = 2

@description('OTLP endpoint for traces, metrics and logs. Most of the alerts need the metrics: if this is empty, which must be stated explicitly, they are never raised.')
param otlpEndpoint string

@description('Settings that add to or replace those below (only the connection string cannot be replaced): [{ name: \'Regions__MTCH__Chat__ApplicationId\', value: \'…\' }].')
param moreSettings { name: string, value: string }[] = []

@description('Secrets of the vault that add to or replace those below, each as a file named like its setting: [{ name: \'audit-2027\', file: \'Audit__Keys__2027\' }].')
param moreSecrets { name: string, file: string }[] = []

@description('Further certificates in the vault, by the names of their secrets; each becomes the file /run/keys/<name>.pfx.base64.')
param moreCertificates string[] = []

var unique = take(uniqueString(resourceGroup().id), 6)
var applicationSettings = flatten(map(items(recordingApplications), region => map(range(0, length(region.value)), i => {
  name: 'Regions__${region.key}__Applications__${i}__ApplicationId'
  value: region.value[i]
})))
var roles = {
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  storageFileDataPrivilegedContributor: '69566ab7-960f-475b-8e7c-b3118f30c6bd'
}
// One file per secret, named like the setting that it provides.
var ownSecrets = [
  { name: 'entra-client-secret', file: 'Entra__ClientSecret' }
  // The expiry date lives beside the secret, so that both change together and the portal can warn in time.
  { name: 'entra-client-secret-expires', file: 'Entra__ClientSecretExpires' }
  { name: 'keys-password', file: 'DataProtection__CertificatePassword' }
  { name: 'audit-1', file: 'Audit__Keys__1' }
]
var secrets = concat(filter(ownSecrets, own => !contains(map(moreSecrets, more => more.file), own.file)), moreSecrets)
var certificates = concat(['keys'], moreCertificates)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-portal'
  location: location
}

// May change tables. The portal may not: no code reachable by people has this identity.
resource migrator 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-migration'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logRetentionDays
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: '${name}-kv-${unique}'
  location: location
  properties: {
    sku: { family: 'A', name: 'standard' }
    tenantId: tenant().tenantId
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource writeSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, vaultWriters, roles.keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: vaultWriters
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (!empty(registry)) {
  name: registry
}

resource pullImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registry)) {
  name: guid(resourceGroup().id, registry, identity.id, roles.acrPull)
  scope: images
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
  }
}

// Holds the file that stops all writing on every replica; contains no secret.
resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: '${name}st${unique}'
  location: location
  sku: { name: 'Standard_ZRS' }
  kind: 'StorageV2'
  properties: {
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource files 'fileServices' = {
    name: 'default'

    resource switches 'shares' = {
      name: 'switches'
      properties: { shareQuota: 1 }
    }
  }
}

resource writeSwitches 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, operators, roles.storageFileDataPrivilegedContributor)
  scope: storage
  properties: {
    principalId: operators
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageFileDataPrivilegedContributor)
  }
}

resource sql 'Microsoft.Sql/servers@2023-08-01' = {
  name: '${name}-sql-${unique}'
  location: location
  properties: {
    minimalTlsVersion: '1.2'
    administrators: {
      administratorType: 'ActiveDirectory'
      azureADOnlyAuthentication: true
      principalType: 'Group'
      sid: sqlAdministrators.objectId
      login: sqlAdministrators.name
      tenantId: tenant().tenantId
    }
  }

  resource database 'databases' = {
    name: 'portal'
    location: location
    sku: { name: 'S1', tier: 'Standard' }
    properties: { requestedBackupStorageRedundancy: 'Geo' }

    resource restore 'backupShortTermRetentionPolicies' = {
      name: 'default'
      properties: { retentionDays: 14 }
    }
  }

  resource azureServices 'firewallRules' = {
    name: 'AllowAllWindowsAzureIps'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-env'
  location: location
  properties: {
    // Named, because the type decides from which addresses the ingress speaks (Portal__Proxies below): other ones in an environment without profiles.
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }

  resource switches 'storages' = {
    name: 'switches'
    properties: {
      azureFile: {
        accountName: storage.name
        accountKey: storage.listKeys().keys[0].value
        shareName: storage::files::switches.name
        accessMode: 'ReadOnly'
      }
    }
  }
}

// Shared by the portal and its migration job: image, secrets, settings, and the identity that reads the secrets.
var registries = empty(registry) ? [] : [{ server: images!.properties.loginServer, identity: identity.id }]
// A certificate with its private key is also a secret of the vault: PKCS#12 in base64.
var vaultSecrets = map(union(map(secrets, secret => secret.name), certificates), secret => {
  name: secret
  keyVaultUrl: '${vault.properties.vaultUri}secrets/${secret}'
  identity: identity.id
})
var volumes = [
  {
    name: 'secrets'
    storageType: 'Secret'
    secrets: map(secrets, secret => { secretRef: secret.name, path: secret.file })
  }
  {
    name: 'keys'
    storageType: 'Secret'
    secrets: map(certificates, certificate => { secretRef: certificate, path: '${certificate}.pfx.base64' })
  }
  { name: 'switches', storageType: 'AzureFile', storageName: environment::switches.name }
  { name: 'tmp', storageType: 'EmptyDir' }
]
var volumeMounts = [
  { volumeName: 'secrets', mountPath: '/run/secrets' }
  { volumeName: 'keys', mountPath: '/run/keys' }
  { volumeName: 'switches', mountPath: '/run/switches' }
  { volumeName: 'tmp', mountPath: '/tmp' }
]
var ownSettings = concat(applicationSettings, [
  { name: 'Portal__PublicAddress', value: publicAddress }
  // The ingress of an environment with workload profiles, which ends TLS.
  { name: 'Portal__Proxies__0', value: '100.64.0.0/10' }
  { name: 'RateLimits__Replicas', value: string(replicas) }
  { name: 'Switches__Directory', value: '/run/switches' }
  { name: 'Entra__ClientId', value: clientId }
  { name: 'Staff__TenantId', value: tenant().tenantId }
  { name: 'Database__Provider', value: 'SqlServer' }
  // The migration job migrates: at the portal's start a probe would end a migration that takes long.
  { name: 'Database__MigrateAtStart', value: 'false' }
  // Fits the portal's 4 GB: three workers of 1 GB, a heap of 704 MB for this many pages (the runtime would take 3 GB), and 256 MB for the rest.
  // Without these limits the platform would kill the portal instead of the worker that grows.
  { name: 'Teams__MaxWorkers', value: '3' }
  { name: 'Limits__OpenPages', value: '1500' }
  { name: 'DOTNET_GCHeapHardLimit', value: '0x2C000000' }
  { name: 'DataProtection__CertificateFile', value: '/run/keys/keys.pfx.base64' }
  { name: 'Audit__CurrentKey', value: '1' }
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }
  { name: 'Logging__Console__FormatterName', value: 'json' }
  { name: 'Logging__Console__FormatterOptions__IncludeScopes', value: 'true' }
])
var settings = concat(filter(ownSettings, own => !contains(map(moreSettings, more => more.name), own.name)), moreSettings)
var database = 'Server=${sql.properties.fullyQualifiedDomainName};Database=${sql::database.name};Encrypt=Strict;Authentication=Active Directory Managed Identity'

resource migration 'Microsoft.App/jobs@2025-01-01' = if (stage != 'foundation') {
  name: '${name}-migration'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {}, '${migrator.id}': {} }
  }
  dependsOn: [readSecrets, pullImages]
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      // One statement of a migration may take an hour.
      replicaTimeout: 7200
      replicaRetryLimit: 0
      registries: registries
      secrets: vaultSecrets
    }
    template: {
      volumes: volumes
      containers: [
        {
          name: 'migration'
          image: image
          args: ['--migrate']
          resources: { cpu: json('0.5'), memory: '1Gi' }
          volumeMounts: volumeMounts
          env: concat(settings, [{ name: 'Database__ConnectionString', value: '${database};User Id=${migrator.properties.clientId}' }])
        }
      ]
    }
  }
}

resource portal 'Microsoft.App/containerApps@2025-01-01' = if (stage == 'portal') {
  name: '${name}-portal'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [readSecrets, pullImages]
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 8080
        // A circuit lives in one process, so its browser must always return to the same replica.
        stickySessions: { affinity: 'sticky' }
        customDomains: empty(certificateId) ? [] : [
          { name: split(publicAddress, '/')[2], bindingType: 'SniEnabled', certificateId: certificateId }
        ]
      }
      registries: registries
      secrets: vaultSecrets
    }
    template: {
      terminationGracePeriodSeconds: 60
      scale: {
        minReplicas: replicas
        maxReplicas: replicas
      }
      volumes: volumes
      containers: [
        {
          name: 'portal'
          image: image
          resources: { cpu: json('2.0'), memory: '4Gi' }
          volumeMounts: volumeMounts
          env: concat(settings, [{ name: 'Database__ConnectionString', value: '${database};User Id=${identity.properties.clientId}' }])
          probes: [
            // No failureThreshold may exceed ten; this allows two and a half minutes.
            { type: 'Startup', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 15, failureThreshold: 10 }
            { type: 'Liveness', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
          ]
        }
      ]
    }
  }
}

@description('The container app\'s host name; point publicAddress to it.')
output host string = stage == 'portal' ? portal!.properties.configuration.ingress.fqdn : ''

@description('SQL that makes both identities users of the database with the rights that they need.')
output databaseUsers string[] = [
  'CREATE USER [${migrator.name}] FROM EXTERNAL PROVIDER; ALTER ROLE db_owner ADD MEMBER [${migrator.name}];'
  'CREATE USER [${identity.name}] FROM EXTERNAL PROVIDER; ALTER ROLE db_datareader ADD MEMBER [${identity.name}]; ALTER ROLE db_datawriter ADD MEMBER [${identity.name}];'
]

output databaseServer string = sql.name
output keyVault string = vault.name
output switchesAccount string = storage.name
output workspace string = logs.properties.customerId
