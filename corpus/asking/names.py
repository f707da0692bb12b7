"""Names for the same thing, one thing a line: the name that articles use most, then the others.

Countries come with their people's name and their capital, as in "Tokyo agreed"; a capital that is better known for
something else is left out, and so is a name that is an everyday word. Abbreviations stand without their points.
"""

COUNTRIES = """
United States, US, USA, America, American, Americans, Washington
European Union, EU, European, Europeans, Europe, Brussels, European Commission
United Kingdom, UK, Britain, British, Briton, Britons, Great Britain, London
China, Chinese, PRC, Beijing
Japan, Japanese, Tokyo
South Korea, South Korean, South Koreans, Korea, Korean, Koreans, Republic of Korea, Seoul
Canada, Canadian, Canadians, Ottawa
Mexico, Mexican, Mexicans, Mexico City
India, Indian, Indians, New Delhi, Delhi
Brazil, Brazilian, Brazilians, Brasilia
Russia, Russian, Russians, Moscow, Kremlin
Ukraine, Ukrainian, Ukrainians, Kyiv, Kiev
Taiwan, Taiwanese, Taipei
Hong Kong
Vietnam, Vietnamese, Hanoi
Thailand, Thai, Thais, Bangkok
Indonesia, Indonesian, Indonesians, Jakarta
Malaysia, Malaysian, Malaysians, Kuala Lumpur
Philippines, Philippine, Filipino, Filipinos, Manila
Singapore, Singaporean, Singaporeans
Cambodia, Cambodian, Cambodians, Phnom Penh
Laos, Laotian, Laotians, Vientiane
Myanmar, Burma, Burmese
Bangladesh, Bangladeshi, Bangladeshis, Dhaka
Pakistan, Pakistani, Pakistanis, Islamabad
Sri Lanka, Sri Lankan, Sri Lankans, Colombo
Australia, Australian, Australians, Canberra
New Zealand, New Zealander, New Zealanders
Germany, German, Germans, Berlin
France, French
Italy, Italian, Italians
Spain, Spanish, Spaniards, Madrid
Netherlands, Dutch, The Hague
Belgium, Belgian, Belgians
Ireland, Irish, Dublin
Poland, Polish, Poles, Warsaw
Sweden, Swedish, Swedes, Stockholm
Denmark, Danish, Danes, Copenhagen
Finland, Finnish, Finns, Helsinki
Norway, Norwegian, Norwegians, Oslo
Switzerland, Swiss, Bern
Austria, Austrian, Austrians
Hungary, Hungarian, Hungarians, Budapest
Czech Republic, Czechia, Czech, Czechs, Prague
Greece, Greek, Greeks
Portugal, Portuguese, Lisbon
Turkey, Türkiye, Turkish, Ankara
Israel, Israeli, Israelis
Saudi Arabia, Saudi, Saudis, Riyadh
United Arab Emirates, UAE, Emirati, Emiratis, Abu Dhabi
Qatar, Qatari, Qataris, Doha
Iran, Iranian, Iranians, Tehran
Iraq, Iraqi, Iraqis, Baghdad
Egypt, Egyptian, Egyptians, Cairo
South Africa, South African, South Africans, Pretoria
Nigeria, Nigerian, Nigerians, Abuja
Kenya, Kenyan, Kenyans, Nairobi
Ethiopia, Ethiopian, Ethiopians, Addis Ababa
Lesotho, Basotho, Maseru
Argentina, Argentine, Argentinian, Argentines, Buenos Aires
Chile, Chilean, Chileans
Colombia, Colombian, Colombians, Bogota
Peru, Peruvian, Peruvians
Ecuador, Ecuadorian, Ecuadorians, Quito
Venezuela, Venezuelan, Venezuelans, Caracas
Cuba, Cuban, Cubans, Havana
North Korea, North Korean, North Koreans, DPRK, Pyongyang
"""

BODIES = """
U.S. Trade Representative, USTR, United States Trade Representative, US Trade Representative, trade representative
Commerce Department, Department of Commerce
Treasury Department, Department of the Treasury
Justice Department, Department of Justice, DOJ
Agriculture Department, Department of Agriculture, USDA
Customs and Border Protection, CBP
Bureau of Industry and Security, BIS
International Trade Commission, ITC, USITC
Court of International Trade, CIT, USCIT
Supreme Court, SCOTUS
Congressional Budget Office, CBO
Congressional Research Service, CRS
Federal Reserve, the Fed
Ministry of Commerce, Commerce Ministry, MOFCOM
Ministry of Economy Trade and Industry, METI
Ministry of Trade Industry and Energy, MOTIE
World Trade Organization, World Trade Organisation, WTO
International Monetary Fund, IMF
Organisation for Economic Co-operation and Development, Organization for Economic Cooperation and Development, OECD
European Central Bank, ECB
Association of Southeast Asian Nations, ASEAN
Asia-Pacific Economic Cooperation, APEC
Group of Seven, G7, G-7
Group of Twenty, G20, G-20
Peterson Institute, Peterson Institute for International Economics, PIIE
United Auto Workers, UAW
National Retail Federation, NRF
General Motors, GM
JPMorgan, JP Morgan, J.P. Morgan
"""

AGREEMENTS = """
USMCA, United States-Mexico-Canada Agreement, US-Mexico-Canada Agreement, CUSMA, T-MEC
NAFTA, North American Free Trade Agreement
CPTPP, Comprehensive and Progressive Agreement for Trans-Pacific Partnership
Trans-Pacific Partnership, TPP
RCEP, Regional Comprehensive Economic Partnership
TTIP, Transatlantic Trade and Investment Partnership
KORUS, US-Korea Free Trade Agreement
AGOA, African Growth and Opportunity Act
Generalized System of Preferences, Generalised System of Preferences, GSP
Indo-Pacific Economic Framework, IPEF
European Free Trade Association, EFTA
IEEPA, International Emergency Economic Powers Act
Trade Expansion Act, TEA
Inflation Reduction Act, IRA
Carbon Border Adjustment Mechanism, CBAM, carbon border tax, carbon border levy
trade promotion authority, TPA
free trade agreement, FTA
most favored nation, most favoured nation, MFN
permanent normal trade relations, PNTR
electric vehicle, EV, EVs, electric car, electric cars, electric vehicles
"""

# Written like a name of the above, and something else.
OTHERWISE = """
New Mexico, South China Sea, South China Morning Post, Bank of America, Latin America, Latin American, South America,
South American, Central America, Central American, North America, North American, African American, Native American,
American Express, American Airlines, American Samoa, British Columbia, British Airways, Washington Post,
Washington state, Washington DC, Indian Ocean, American Indian, French fries, Paris Agreement, Brussels sprouts,
Northern Ireland
"""

# These count in this case only: otherwise they are everyday words.
CASED = frozenset("US BIS CIT TEA IRA Turkey Polish Poles".split())

WORDS = """
tariff, tariffs, duty, duties, levy, levies
car, cars, auto, autos, automobile, automobiles, vehicle, vehicles
farmer, farmers, grower, growers
"""
