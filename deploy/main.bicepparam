using 'main.bicep'

param name = 'luware'
param image = 'registry.example.com/luware-portal@sha256:<digest>'
param publicAddress = 'https://onboarding.example.com'
param clientId = '<application id that register-apps.ps1 prints>'
param recordingApplications = {
  MTCH: ['<application id>']
  MTDE: ['<application id>', '<application id>']
}
param sqlAdministrators = { objectId: '<object id of the group>', name: '<its name>' }
param vaultWriters = '<object id of the group>'
param operators = '<object id of the group>'
// A collector that stores metrics and raises alerts; '' if there is none.
param otlpEndpoint = 'https://<address of the collector>:4317'
// The container registry of this resource group, and the certificate (set it once the host name is bound).
param registry = ''
param certificateId = ''
