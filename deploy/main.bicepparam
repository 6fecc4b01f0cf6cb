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
